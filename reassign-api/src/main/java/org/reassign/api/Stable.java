package org.reassign.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A public type that stays compatible, in source and binary form, within a major version: what compiles against a
 * version compiles and links against every later one. Methods may be added to what a plugin implements, as default
 * methods; components may be added to records that have {@code of} and {@code with} methods, whose canonical constructor
 * is no part of this promise.
 */
@Documented
@Stable(since = "1.0")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Stable {
    /** The version that it is stable from. */
    String since();
}
