package dev.gradpoet.processor.conformance;

/** Says by name which cases this version covers; the others belong to later ones. */
final class Capability {

  private Capability() {}

  static boolean covers(Golden golden) {
    return switch (golden.kind()) {
      case "training" ->
        golden.object("optimizer").get("kind").getAsString().equals("sgd")
            && !golden.has("clip")
            && !golden.has("scheduler");
      case "network", "init", "activation", "loss", "random", "one_hot" -> true;
      default -> false;
    };
  }
}
