/** Draws charts, graphs and images as text for a report. */
package dev.gradpoet.training.svg;
