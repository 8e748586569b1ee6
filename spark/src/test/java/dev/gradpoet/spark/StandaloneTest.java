package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster as an administrator starts it: a master, two workers and their executors, each a virtual machine of its own. */
class StandaloneTest {

  private static final Pattern STARTED =
      Pattern.compile("Starting Spark master at (spark://\\S+);");

  @TempDir
  private Path directory;

  private final List<Process> processes = new ArrayList<>();

  /** The workers first, which end their executors, then the master. */
  @AfterEach
  void end() throws InterruptedException {
    Collections.reverse(processes);
    for (Process process : processes) {
      process.destroy();
      process.waitFor();
    }
  }

  private Process start(String log, String type, String host, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dspark.master.rest.enabled=false",
        "-Dlog4j2.configurationFile=" + logging(),
        "-cp",
        System.getProperty("java.class.path"),
        type,
        "--host",
        host,
        "--webui-port",
        "0"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(log).toFile())
        .start();
    processes.add(process);
    return process;
  }

  /** The master tells its port in its log alone. */
  private Path logging() throws IOException {
    return Files.writeString(directory.resolve("logging.properties"), """
        rootLogger.level = info
        rootLogger.appenderRef.out.ref = out
        appender.out.type = Console
        appender.out.name = out
        appender.out.layout.type = PatternLayout
        appender.out.layout.pattern = %m;%n
        """);
  }

  private String startMaster() throws IOException, InterruptedException {
    Process master =
        start("master.log", "org.apache.spark.deploy.master.Master", "127.0.0.1", "--port", "0");
    Path log = directory.resolve("master.log");
    while (master.isAlive()) {
      Matcher started = STARTED.matcher(Files.readString(log));
      if (started.find()) {
        return started.group(1);
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("the master has ended with " + master.exitValue());
  }

  /** The workers are given a name, where the driver sees the address 127.0.0.1. */
  @Test
  void trainsToTheBitsOfOneVirtualMachine() throws IOException, InterruptedException {
    byte[] expected = bits(Sessions.local(1));

    Sessions.linkJars();
    String master = startMaster();
    for (int i = 0; i < 2; i++) {
      start(
          "worker" + i + ".log",
          "org.apache.spark.deploy.worker.Worker",
          "localhost",
          "--cores",
          "1",
          "--memory",
          "700m",
          "--work-dir",
          directory.resolve("worker" + i).toString(),
          master);
    }

    SparkSession spark = Sessions.standalone(master);
    assertThat(spark
            .range(0, 2, 1, 2)
            .map((MapFunction<Long, String>) row -> TrainingTask.host(), Encoders.STRING())
            .collectAsList())
        .containsOnly("localhost");
    assertThat(bits(spark)).isEqualTo(expected);
  }

  private static byte[] bits(SparkSession spark) {
    try {
      return ClusterTest.bits(spark);
    } finally {
      spark.stop();
    }
  }
}
