/**
 * Files that are written whole or not at all, and errors about files and what they hold. Needs nothing else of the runtime.
 *
 * <p>Public because the modules for training and ONNX write files, too. It may change with any release: do not call it.
 */
package dev.gradpoet.runtime.files;
