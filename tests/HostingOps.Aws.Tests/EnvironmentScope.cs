using HostingOps.Aws.Tests.Stub;
using HostingOps.Testing;

namespace HostingOps.Aws.Tests;

/// <summary>
/// Environment variables and shared AWS files for one test. Everything AWS is unset first and the shared files are empty ones
/// in a temporary folder, so that nothing of the machine's user is ever read. Only tests of the "environment" collection may
/// use it.
/// </summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly Dictionary<string, string?> before = [];
    private readonly TemporaryFolder folder = new();

    public EnvironmentScope()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(static name => name.StartsWith("AWS_", StringComparison.Ordinal)))
        {
            Set(name, null);
        }

        Set("HOME", folder.Path);
        SharedFiles.PointAtThem(Set);
        SharedFiles.Empty();
        Set("AWS_EC2_METADATA_DISABLED", "true");
        Set("AWS_EC2_METADATA_SERVICE_ENDPOINT", MetadataService.Url);
    }

    public string Folder => folder.Path;

    public void Credentials(string text) => File.WriteAllText(SharedFiles.Credentials, text);

    public void Config(string text) => File.WriteAllText(SharedFiles.Config, text);

    public void Set(string name, string? value)
    {
        before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach (var (name, value) in before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        SharedFiles.Empty();
        folder.Dispose();
    }
}
