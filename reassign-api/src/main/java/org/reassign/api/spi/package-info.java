/**
 * The interfaces that a plugin author implements. A plugin is one class annotated with {@code @Extension} and {@link
 * org.reassign.api.spi.PluginName}, with an {@code @Inject} constructor that takes nothing or its {@link
 * org.reassign.api.spi.Settings}, which it declares by {@link org.reassign.api.spi.Setting}.
 *
 * <p>Interfaces that a plugin implements grow by default methods only, so that a plugin built against an older version
 * goes on working; the default behaves as the version before did.
 */
package org.reassign.api.spi;
