package org.reassign.cli.client;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.spi.BrokerDisks;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.cli.Home;
import org.reassign.core.plugin.ChoiceException;
import org.reassign.core.plugin.PluginFault;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.plugin.PluginKind;

/** The gateway by which a client asks brokers: the one that the user has named, else the one that a controller has published. */
final class GatewayDisks {
    private static final String COMMAND_CONFIG = "command-config";

    private final PluginHost host;
    private final Map<String, String> chosen;
    private final SortedMap<String, SortedMap<String, String>> settings;
    private final BrokerGateway.Site site;
    private boolean isUseless;

    /**
     * Opens nothing yet.
     *
     * @param host has the plugins
     * @param address the ZooKeeper
     * @param chosen the options that the user has named
     * @param settings plugin to its settings
     * @param notes is told what cannot be used
     */
    GatewayDisks(
            PluginHost host,
            String address,
            Map<String, String> chosen,
            SortedMap<String, SortedMap<String, String>> settings,
            Consumer<String> notes) {
        this.host = host;
        this.chosen = chosen;
        this.settings = settings;
        this.site = new BrokerGateway.Site(Optional.of(address), false, Home.cache(), notes);
    }

    /**
     * Opens it; empty where there is none yet, or clients cannot ask brokers by it. A published one that cannot be used here is
     * noted once; one that the user has named is the user's mistake.
     */
    Optional<BrokerDisks> open(OpenClient client) {
        Optional<String> named = Optional.ofNullable(chosen.get("gateway"));
        if (isUseless) {
            return Optional.empty();
        }
        if (named.isPresent()) {
            return open(named.get());
        }
        try {
            return client.soon(client.client().controller())
                    .flatMap(ControllerStatus::gateway)
                    .flatMap(this::open);
        } catch (ChoiceException | PluginFault e) {
            isUseless = true;
            site.notes()
                    .accept(
                            "brokers cannot be asked what lies on their disks, since the gateway of the controller cannot be used here: "
                                    + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<BrokerDisks> open(String name) {
        SortedMap<String, String> own = new TreeMap<>(settings.getOrDefault(name, new TreeMap<>()));
        Optional.ofNullable(chosen.get(COMMAND_CONFIG)).ifPresent(file -> own.put(COMMAND_CONFIG, file));
        Optional<BrokerDisks> opened =
                host.choose(PluginKind.GATEWAY, name, own).plugin().openDisks(site);
        isUseless = opened.isEmpty();
        return opened;
    }
}
