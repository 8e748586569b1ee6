/** What generated networks run on, and what their users call. */
module dev.gradpoet.runtime {
  requires transitive dev.gradpoet;

  exports dev.gradpoet.runtime;
  exports dev.gradpoet.runtime.files;
  exports dev.gradpoet.runtime.math;
  exports dev.gradpoet.runtime.memory;
  exports dev.gradpoet.runtime.support;
  exports dev.gradpoet.runtime.support.inputs;
  exports dev.gradpoet.runtime.support.maps;
  exports dev.gradpoet.runtime.support.batch;
  exports dev.gradpoet.runtime.support.optim;
  exports dev.gradpoet.runtime.support.parallel;
  exports dev.gradpoet.runtime.support.training;
}
