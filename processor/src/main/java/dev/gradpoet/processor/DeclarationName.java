package dev.gradpoet.processor;

import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Identifies a declaration across rounds. Elements are valid only in the round in which they were obtained.
 *
 * @param module the name of its module; empty for the unnamed module and for source levels without modules
 * @param type its qualified name
 */
record DeclarationName(String module, String type) {

  static DeclarationName of(TypeElement type, Elements elements) {
    ModuleElement module = elements.getModuleOf(type);
    return new DeclarationName(
        module == null ? "" : module.getQualifiedName().toString(),
        type.getQualifiedName().toString());
  }

  /** The declaration in this round. */
  TypeElement find(Elements elements) {
    ModuleElement known = elements.getModuleElement(module);
    return known == null ? elements.getTypeElement(type) : elements.getTypeElement(known, type);
  }
}
