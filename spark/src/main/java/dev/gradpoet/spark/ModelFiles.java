package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** A saved model: spark.ml's metadata with the params, and beside it the network as {@code model.safetensors}, which PyTorch reads, too. */
final class ModelFiles {

  private static final String FILE = "model.safetensors";

  private ModelFiles() {}

  /** Writes a model. */
  static final class Writer extends MLWriter {

    private final Params stage;
    private final Model network;

    Writer(Params stage, Model network) {
      this.stage = stage;
      this.network = network;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter$.MODULE$.saveMetadata(
          stage, path, sparkSession(), Option.empty(), Option.empty());
      Path target = new Path(path, FILE);
      try {
        java.nio.file.Path local = Files.createTempFile("gradpoet", ".safetensors");
        try {
          network.save(local);
          try (OutputStream out =
              target.getFileSystem(sc().hadoopConfiguration()).create(target, true)) {
            Files.copy(local, out);
          }
        } finally {
          Files.deleteIfExists(local);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * Reads a model.
   *
   * @param <M> its class
   */
  static final class Reader<M extends NetworkParams> extends MLReader<M> {

    private final Class<M> type;
    private final Function<String, M> ofParams;
    private final BiFunction<String, Model, M> constructor;

    /**
     * A reader.
     *
     * @param ofParams constructs a model that only has params from its uid
     * @param constructor of a model from its uid and its network
     */
    Reader(Class<M> type, Function<String, M> ofParams, BiFunction<String, Model, M> constructor) {
      this.type = type;
      this.ofParams = ofParams;
      this.constructor = constructor;
    }

    @Override
    public M load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), type.getName());
      M params = ofParams.apply(metadata.uid());
      metadata.getAndSetParams(params, Option.empty());
      Model network = NetworkClass.of(params.getNetwork()).create(new Generator());
      Path source = new Path(path, FILE);
      try (InputStream in = source.getFileSystem(sc().hadoopConfiguration()).open(source)) {
        network.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot read " + source + " into the network " + params.getNetwork() + ": "
                + e.getMessage(),
            e);
      }
      M model = constructor.apply(metadata.uid(), network);
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }
  }
}
