package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Running;
import java.util.List;

/** What the nodes of one operator become. */
interface Operator {

  /**
   * The outputs of a node, at least the first.
   *
   * @throws UnfitException if the node cannot be imported
   */
  List<Value> apply(Node node);

  /** An operator that has one output and no other attributes than those it reads. */
  interface Single {
    Value apply(Node node);
  }

  /** An operator of one output. */
  static Operator of(Single single) {
    return node -> {
      node.requireOneOutput();
      Value value = single.apply(node);
      return List.of(value);
    };
  }

  /** An expression of the input. */
  interface Formula {
    Expr of(Expr x);
  }

  /** An operator that computes each value of its only input by itself. */
  static Operator pointwise(Formula formula) {
    return of(node -> {
      node.limitInputs(1);
      node.attributes().ignore("consumed_inputs");
      Running x = node.running(0);
      return node.net().computed(formula.of(x.expr()), x);
    });
  }
}
