package org.reassign.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A public type that may change incompatibly in a minor version, with a note in the changes; never in a patch version. */
@Documented
@Stable(since = "1.0")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Evolving {
    /** The version that it appeared in. */
    String since();
}
