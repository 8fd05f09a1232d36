namespace HostingOps.Bench.Mirror;

/// <summary>A tool that saves the bench site.</summary>
internal interface IMirrorTool
{
    /// <summary>Name and connections, as the table says it.</summary>
    string Name { get; }

    /// <summary>Saves or brings up to date, and gives what it says of its success, with its peak of memory in MiB.</summary>
    Task<(string Says, long PeakMiB)> SaveAsync(string folder, int port);

    /// <summary>The folder that would be served now.</summary>
    string Served(string folder);
}
