package org.reassign.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "reassign " + (version == null ? "(unpacked)" : version), "Java " + System.getProperty("java.version")
        };
    }
}
