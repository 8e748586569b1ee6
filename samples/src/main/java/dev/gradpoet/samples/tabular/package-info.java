/** Three small tables: flowers, wines and tumours, these also with categories. Start with {@link dev.gradpoet.samples.tabular.Iris}. */
package dev.gradpoet.samples.tabular;
