package dev.gradpoet.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A JVM in which PyTorch's MKL uses AVX-512 on a processor of AMD. MKL asks a function of its own whether the processor is Intel's, and otherwise takes
 * slower code; a library that is loaded first answers for it (danieldk.eu/Posts/2020-08-31-MKL-Zen).
 */
final class Mkl {

  private static final String ANSWER = "int mkl_serv_intel_cpu_true(void) { return 1; }\n";

  private final Path directory;

  /** Files go to a directory. */
  Mkl(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** A program that takes the arguments of {@code java}. */
  Path jvm() throws IOException, InterruptedException {
    Path source = Files.writeString(directory.resolve("mkl.c"), ANSWER);
    Path library = directory.resolve("mkl.so");
    CTwin.output("gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path program = Files.writeString(
        directory.resolve("java"),
        "#!/bin/sh\nLD_PRELOAD='" + library + "' exec '" + java + "' \"$@\"\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
