package org.reassign.core.run;

/**
 * A plugin and the name it was chosen by.
 *
 * @param name the name, as on the command line
 * @param plugin the plugin
 */
public record Named<T>(String name, T plugin) {}
