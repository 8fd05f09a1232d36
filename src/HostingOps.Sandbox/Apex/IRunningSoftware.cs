using System.Net;

namespace HostingOps.Sandbox.Apex;

/// <summary>What serves on an instance. Disposing of it is pulling the plug.</summary>
internal interface IRunningSoftware : IAsyncDisposable
{
    /// <summary>Where port 80 of the instance is answered, or null.</summary>
    IPEndPoint? Http { get; }

    /// <summary>Where port 443 of the instance is answered, or null.</summary>
    IPEndPoint? Https { get; }

    /// <summary>Where port 22 of the instance is answered, or null.</summary>
    IPEndPoint? Ssh => null;

    /// <summary>What it has written to the instance's console.</summary>
    string Console => ConsoleText.Write(null);
}
