/**
 * Estimators and models of spark.ml whose networks are generated classes: {@link dev.gradpoet.spark.GradpoetClassifier} and {@link
 * dev.gradpoet.spark.GradpoetRegressor}, for pipelines, cross-validation, saving and loading. For rows in the same order, the bits of a model do not depend on the number of executors.
 */
package dev.gradpoet.spark;
