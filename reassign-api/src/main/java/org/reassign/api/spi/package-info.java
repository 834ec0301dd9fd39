/**
 * What a plugin author implements. A plugin is one class annotated with {@code @Extension} and {@link
 * org.reassign.api.spi.PluginName}, with an {@code @Inject} constructor that takes nothing or its {@link
 * org.reassign.api.spi.Settings}.
 */
package org.reassign.api.spi;
