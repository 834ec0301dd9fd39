package org.reassign.core.plugin;

/**
 * A plugin and the name it was chosen by.
 *
 * @param name the name, as on the command line
 * @param plugin the plugin
 */
public record NamedPlugin<T>(String name, T plugin) {}
