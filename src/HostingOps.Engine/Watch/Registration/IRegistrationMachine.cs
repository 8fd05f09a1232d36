namespace HostingOps.Engine.Watch.Registration;

/// <summary>The files and programs of the machine, as far as registering needs them.</summary>
internal interface IRegistrationMachine
{
    /// <summary>A file's text, or null when it is not there.</summary>
    /// <exception cref="HostingException">WatchRegistrationFailed: it can't be read.</exception>
    string? Read(string path);

    /// <summary>Writes a file whole or not at all, readable for all, and its folder when that is not there.</summary>
    /// <exception cref="HostingException">FileWriteFailed.</exception>
    Task WriteAsync(string path, string text, CancellationToken cancellationToken);

    /// <summary>Deletes a file.</summary>
    /// <exception cref="HostingException">FileWriteFailed.</exception>
    void Delete(string path);

    /// <summary>Makes a folder when it is not there.</summary>
    /// <exception cref="HostingException">FileWriteFailed.</exception>
    void MakeFolder(string path);

    /// <summary>Runs a program to its end, without a shell.</summary>
    /// <returns>Its exit code, or null when it could not be started or did not end; and what it wrote.</returns>
    Task<(int? ExitCode, string Output, string Error)> RunAsync(RunStep command, CancellationToken cancellationToken);
}
