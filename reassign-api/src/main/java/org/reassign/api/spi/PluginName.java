package org.reassign.api.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.reassign.api.Stable;

/** The name by which a plugin is chosen on the command line, unique among the plugins of its kind. */
@Stable(since = "1.0")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PluginName {
    /** Lower-case letters, digits and dashes. */
    String value();

    /** What the plugin does, in one sentence without a full stop; {@code plugins list} shows it. */
    String description() default "";
}
