package org.reassign.api.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.reassign.api.Stable;

/**
 * Declares one setting of a plugin, on the plugin's class; repeatable. The user sets it by {@code --set NAME.key=value}
 * or in the configuration file, and the plugin reads it from its {@link Settings}.
 *
 * <p>A declaration is read without making the plugin: {@code plugins list} and {@code --help} show it, a key that is
 * not declared is refused, and a value that does not fit is refused before the constructor is called.
 */
@Stable(since = "1.0")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Setting.Container.class)
public @interface Setting {
    /** What a value looks like. */
    enum Type {
        /** Any text, or one of the {@link Setting#choices()} where there are some. */
        TEXT,
        /** A whole number from {@link Setting#min()} to {@link Setting#max()}. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A number with a unit: {@code 200ms}, {@code 5s}, {@code 2m}. */
        DURATION
    }

    /** Lower-case letters, digits and dashes; unique in the plugin. */
    String key();

    /** What a value looks like. */
    Type type() default Type.TEXT;

    /** The value if the user has set none; written as the user would write it. */
    String defaultValue() default "";

    /** Whether the user has to set it; then the default means nothing. */
    boolean required() default false;

    /** The values that are allowed; empty for any. */
    String[] choices() default {};

    /** The least number allowed. */
    long min() default Long.MIN_VALUE;

    /** The largest number allowed. */
    long max() default Long.MAX_VALUE;

    /** The effect of the setting, in one sentence without a full stop. */
    String description();

    /** Holds several; the compiler writes it. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Container {
        /** The settings in the order in which they are declared. */
        Setting[] value();
    }
}
