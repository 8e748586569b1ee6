/** Three small tables: flowers, wines and tumours. Start with {@link dev.gradpoet.samples.tabular.Iris}. */
package dev.gradpoet.samples.tabular;
