package org.reassign.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What every command that knows plugins takes. Absent options are null, or empty. */
public final class PluginOptions {
    @Option(
            names = "--plugins-dir",
            paramLabel = "DIR",
            description = "A folder of plugin jars, in addition to the bundled ones. Repeatable.")
    List<Path> pluginsDirs = new ArrayList<>();

    @Option(
            names = "--plugin-checksums",
            paramLabel = "FILE",
            description = "What sha256sum prints for the jars that may be loaded, the bundled ones included; others are"
                    + " refused. Default: all may be.")
    Path checksums;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file of options, in YAML or as properties: 'storage-layout: consolidated';"
                    + " plugins' settings as 'plugin.key: value'. Options win over it.")
    Path config;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "What is printed; compare knows csv, too. Default: text.")
    String output;
}
