package org.reassign.api.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name by which a plugin is chosen on the command line, unique among the plugins of its kind. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PluginName {
    /** Lower-case letters, digits and dashes. */
    String value();
}
