package dev.gradpoet.processor.diagnostic;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * A place as javac knows it.
 *
 * @param element the declared thing
 * @param mirror the annotation on it, or null for the thing itself
 * @param value the value in the annotation, or null for the annotation itself
 */
public record ElementSite(Element element, AnnotationMirror mirror, AnnotationValue value)
    implements Site {}
