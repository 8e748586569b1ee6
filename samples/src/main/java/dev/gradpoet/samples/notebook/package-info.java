/** A PyTorch tutorial notebook in this API, cell by cell. Start with {@link dev.gradpoet.samples.notebook.Notebook}. */
package dev.gradpoet.samples.notebook;
