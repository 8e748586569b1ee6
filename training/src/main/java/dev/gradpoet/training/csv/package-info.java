/** Reads the cells of CSV files: bytes to cells, cells to numbers. */
package dev.gradpoet.training.csv;
