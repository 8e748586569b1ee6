package dev.gradpoet.processor.diagnostic;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * A position as javac's {@code Messager} takes it.
 *
 * @param element the declared element
 * @param mirror the annotation on it, or null for the element itself
 * @param value the value in the annotation, or null for the annotation itself
 */
public record ElementSite(Element element, AnnotationMirror mirror, AnnotationValue value)
    implements Site {}
