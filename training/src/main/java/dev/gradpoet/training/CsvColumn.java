package dev.gradpoet.training;

/**
 * A column of a CSV file and what it is read as.
 *
 * @param place among the columns of its role, from 0
 * @param vocabulary of categories; null if it is that of the file
 */
record CsvColumn(String name, Role role, int place, Vocabulary vocabulary) {

  /** What a column is read as. */
  enum Role {
    FEATURE,
    ONE_HOT,
    INDEX,
    TARGET,
    CLASS,
    NONE;

    boolean isCategory() {
      return this == ONE_HOT || this == INDEX || this == CLASS;
    }
  }
}
