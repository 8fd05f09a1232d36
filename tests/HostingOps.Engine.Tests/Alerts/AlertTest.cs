namespace HostingOps.Engine.Tests.Alerts;

/// <summary>A test with a world of alerts and somebody on the web who receives them.</summary>
public abstract class AlertTest : IDisposable
{
    private protected AlertWorld World { get; } = new();

    private protected WebReceiver Web { get; } = new();

    public void Dispose()
    {
        Web.Dispose();
        World.Dispose();
        GC.SuppressFinalize(this);
    }
}
