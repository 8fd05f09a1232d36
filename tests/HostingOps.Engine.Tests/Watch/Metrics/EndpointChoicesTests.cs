using HostingOps.Engine.Watch.Metrics;

namespace HostingOps.Engine.Tests.Watch.Metrics;

public sealed class EndpointChoicesTests
{
    [Fact]
    public void Where_only_localhost_may_be_had_it_is_taken_last()
    {
        var choices = WatchEndpoint.Choices("http://127.0.0.1:9464/");
        Assert.Equal(["http://127.0.0.1:9464/", "http://localhost:9464/"], choices[0]);
        Assert.Equal(["http://127.0.0.1:9464/"], choices[1]);
        Assert.Equal(["http://localhost:9464/"], choices[^1]);
        Assert.Equal(["http://192.0.2.1:9464/"], Assert.Single(WatchEndpoint.Choices("http://192.0.2.1:9464/")));
    }
}
