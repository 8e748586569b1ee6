/** Windows over signals and images: the parts of convolutions and pooling that are not matrix products. */
package dev.gradpoet.runtime.support.maps;
