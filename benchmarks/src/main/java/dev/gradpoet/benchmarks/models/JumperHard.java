package dev.gradpoet.benchmarks.models;

import dev.gradpoet.Activation;
import dev.gradpoet.Linear;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Layer;

/**
 * Imported from godot-jumperhard.onnx. Reads obs [152] and computes output [3].
 *
 * <p>SHA-256 of godot-jumperhard.onnx: 6241f418b8821a50a4809ee5ae005cb5e621cc39660dfbed1a03498a7574eba6
 *
 * <table>
 * <caption>Names</caption>
 * <tr><th>layer</th><th>in the model</th></tr>
 * <tr><td>policyNet0</td><td>mlp_extractor.policy_net.0</td></tr>
 * <tr><td>policyNet2</td><td>mlp_extractor.policy_net.2</td></tr>
 * </table>
 */
@Network(input = 152)
public interface JumperHard {

  @Linear(out = 64, activation = Activation.TANH) Layer policyNet0();

  @Linear(out = 64, activation = Activation.TANH) Layer policyNet2();

  @Linear(out = 3) Layer action_net();
}
