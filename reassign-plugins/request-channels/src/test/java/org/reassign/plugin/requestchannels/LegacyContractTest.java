package org.reassign.plugin.requestchannels;

import org.reassign.api.spi.RequestChannel;
import org.reassign.testkit.RequestChannelContract;

class LegacyContractTest implements RequestChannelContract {
    @Override
    public RequestChannel channel() {
        return new Legacy();
    }

    @Override
    public boolean carriesCancels() {
        return false;
    }

    @Override
    public boolean carriesRequesterAndReason() {
        return false;
    }

    @Override
    public boolean splits() {
        return false;
    }

    @Override
    public boolean ordersByCreation() {
        return false;
    }

    @Override
    public boolean deletesWhatItRefusesAsAWhole() {
        return false;
    }
}
