package org.reassign.cli.report;

import java.util.SortedMap;

/**
 * What a comparison was made with, so that its figures can be told from others and made again.
 *
 * @param command the command line, quoted for a shell
 * @param version of this program
 * @param at when it was begun, ISO 8601 with the offset
 * @param java version and vendor of the Java that it ran on
 * @param system name, version and architecture of the operating system
 * @param cores how many processors the process might use
 * @param repeat how often each row was run
 * @param parallel how many ran at once
 * @param pairs whether only as many combinations were run as it takes that any two values meet
 * @param pluginSettings plugin name to what was set for it
 */
public record Origin(
        String command,
        String version,
        String at,
        String java,
        String system,
        int cores,
        int repeat,
        int parallel,
        boolean pairs,
        SortedMap<String, SortedMap<String, String>> pluginSettings) {}
