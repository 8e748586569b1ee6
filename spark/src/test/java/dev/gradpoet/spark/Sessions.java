package dev.gradpoet.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Sessions of Spark without a user interface, on this machine alone. */
final class Sessions {

  /** Most of a short run is spent before C2 pays. */
  private static final String SHORT = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  private Sessions() {}

  /** Threads of this virtual machine. */
  static SparkSession local(int threads) {
    return start("local[" + threads + "]", SHORT, "600m");
  }

  /** Threads of this virtual machine, whose tasks may fail as often as those of a cluster. */
  static SparkSession retrying(int threads) {
    return start("local[" + threads + ",4]", SHORT, "600m");
  }

  /** Executors that are virtual machines of their own, with one core each. */
  static SparkSession cluster(int executors) {
    linkJars();
    return start("local-cluster[" + executors + ",1,700]", SHORT, "600m");
  }

  /** Executors of a cluster that runs already. */
  static SparkSession standalone(String master) {
    return start(master, SHORT, "600m");
  }

  /** The same for measurements: with C2, the vector kernels that Spark asks for, memory, and a log of where time goes. */
  static SparkSession measured(int executors) {
    linkJars();
    return start(
        "local-cluster[" + executors + ",1,3000]",
        "-XX:+UseParallelGC -Dlog4j2.configurationFile=classpath:log4j2-times.properties",
        "2600m");
  }

  private static SparkSession start(String master, String options, String memory) {
    return SparkSession.builder()
        .master(master)
        .appName("gradpoet-spark tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", memory)
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executor.extraJavaOptions", options)
        .config("spark.sql.shuffle.partitions", "2")
        .config(
            "spark.sql.warehouse.dir", Path.of("target", "warehouse").toUri().toString())
        .getOrCreate();
  }

  /** Executors look for the jars of Spark below SPARK_HOME. */
  static void linkJars() {
    Path jars = Path.of(System.getenv("SPARK_HOME"), "jars");
    try {
      Files.createDirectories(jars);
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path link = jars.resolve(Path.of(entry).getFileName());
        if (entry.endsWith(".jar") && !Files.exists(link)) {
          Files.createSymbolicLink(link, Path.of(entry));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
