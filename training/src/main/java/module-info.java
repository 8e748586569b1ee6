/** Data sets, training runs, metrics, checkpoints and reports. */
module dev.gradpoet.training {
  requires transitive dev.gradpoet.runtime;

  exports dev.gradpoet.training;
}
