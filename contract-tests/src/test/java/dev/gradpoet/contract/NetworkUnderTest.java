package dev.gradpoet.contract;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Trainer;
import java.util.List;

/**
 * A network that is called with random arguments, with its widths.
 *
 * @param receivers the objects whose methods are called
 */
record NetworkUnderTest(
    Model model, Trainer trainer, int inputs, int outputs, DType dtype, List<Object> receivers) {}
