using HostingOps.Testing;

namespace HostingOps.Aws.Tests;

/// <summary>
/// Environment variables for one test. Everything AWS is unset first and the shared files point into an empty temporary
/// folder, so that nothing of the machine's user is ever read. Only tests of the "environment" collection may use it.
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
        Set("AWS_SHARED_CREDENTIALS_FILE", folder.Combine("credentials"));
        Set("AWS_CONFIG_FILE", folder.Combine("config"));
        Set("AWS_EC2_METADATA_DISABLED", "true");
    }

    public string Folder => folder.Path;

    public void Credentials(string text) => folder.Write("credentials", text);

    public void Config(string text) => folder.Write("config", text);

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

        folder.Dispose();
    }
}
