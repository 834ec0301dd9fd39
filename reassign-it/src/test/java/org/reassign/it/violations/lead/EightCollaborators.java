package org.reassign.it.violations.lead;

/** Takes one more than a class should. */
public final class EightCollaborators {
    EightCollaborators(Object a, Object b, Object c, Object d, Object e, Object f, Object g, Object h) {}
}
