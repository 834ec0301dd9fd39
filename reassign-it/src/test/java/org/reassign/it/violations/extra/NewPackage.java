package org.reassign.it.violations.extra;

/** In a package that has no rule. */
final class NewPackage {}
