/** Data sets, training runs, metrics, checkpoints and reports. */
module dev.gradpoet.training {
  requires transitive dev.gradpoet.runtime;
  requires org.apache.commons.csv;

  exports dev.gradpoet.training;
}
