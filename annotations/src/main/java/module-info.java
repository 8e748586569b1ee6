/** The annotations and enums with which a network is declared. */
module dev.gradpoet {
  exports dev.gradpoet;
}
