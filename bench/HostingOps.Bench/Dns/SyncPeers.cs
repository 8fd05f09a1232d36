using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HostingOps.Sandbox;

namespace HostingOps.Bench.Dns;

/// <summary>The same A records, with an ownership TXT beside each, by programs that others wrote.</summary>
internal static class SyncPeers
{
    public const string Zone = "sites.example.net";
    private const int SitesPerBatch = 500;

    public static IReadOnlyList<SiteHost> Hosts { get; } =
    [
        new() { Name = "do-1", Provider = "digitalocean", Address = "203.0.113.10" },
        new() { Name = "li-1", Provider = "linode", Address = "198.51.100.7" },
    ];

    /// <summary>Where ansible-playbook is, or null.</summary>
    public static string? Ansible { get; } = Find("ansible-playbook");

    public static async Task AwsBatchesAsync(RehearsalSandbox sandbox, string folder, IReadOnlyList<string> names)
    {
        foreach (var batch in names.Chunk(SitesPerBatch))
        {
            await AwsAsync(sandbox, folder, batch);
        }
    }

    public static async Task AwsEachAsync(RehearsalSandbox sandbox, string folder, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            await AwsAsync(sandbox, folder, [name]);
        }
    }

    /// <summary>One play with two tasks for each site, as a playbook loops over its sites.</summary>
    public static Task AnsibleAsync(RehearsalSandbox sandbox, string folder, IReadOnlyList<string> names)
    {
        var play = Path.Combine(folder, "play.yml");
        File.WriteAllText(play, $$$"""
            - hosts: localhost
              connection: local
              gather_facts: false
              vars: { ansible_python_interpreter: auto_silent }
              tasks:
                - amazon.aws.route53:
                    state: present
                    overwrite: true
                    hosted_zone_id: {{{sandbox.ZoneId}}}
                    zone: {{{Zone}}}
                    record: "{{ item.0.prefix }}{{ item.1 }}.{{{Zone}}}"
                    type: "{{ item.0.type }}"
                    ttl: "{{ item.0.ttl }}"
                    value: "{{ item.0.value | replace('NAME', item.1) }}"
                    endpoint_url: {{{sandbox.EndpointUrl}}}
                  loop: "{{ [{'prefix': '', 'type': 'A', 'ttl': 60, 'value': '{{{Hosts[0].Address}}}'}, {'prefix': '_hostingops-owner.', 'type': 'TXT', 'ttl': 300, 'value': '\"hostingops/1 owner=bench site=NAME\"'}] | product(names) }}"
                  loop_control: { label: "{{ item.1 }}" }

            """);
        var variables = JsonSerializer.Serialize(new { names });
        return RunAsync(Ansible!, ["-i", "localhost,", play, "-e", variables], folder);
    }

    private static Task AwsAsync(RehearsalSandbox sandbox, string folder, IReadOnlyList<string> names)
    {
        var file = Path.Combine(folder, "batch.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new { Changes = names.SelectMany(Changes) }));
        return RunAsync(
            Find("aws") ?? throw new InvalidOperationException("The aws CLI is not there: apt-get install awscli"),
            ["--endpoint-url", sandbox.EndpointUrl, "--region", "us-east-1", "route53", "change-resource-record-sets", "--hosted-zone-id", sandbox.ZoneId, "--change-batch", $"file://{file}"],
            folder);
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static object[] Changes(string name) =>
    [
        Create($"{name}.{Zone}", "A", 60, Hosts[0].Address!),
        Create($"_hostingops-owner.{name}.{Zone}", "TXT", 300, $"\"hostingops/1 owner=bench site={name}\""),
    ];

    private static object Create(string name, string type, int ttl, string value) => new
    {
        Action = "CREATE",
        ResourceRecordSet = new { Name = name, Type = type, TTL = ttl, ResourceRecords = new[] { new { Value = value } } },
    };

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment =
            {
                ["AWS_ACCESS_KEY_ID"] = "x",
                ["AWS_SECRET_ACCESS_KEY"] = "y",
                ["AWS_CONFIG_FILE"] = "/nonexistent",
                ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent",
                ["AWS_PAGER"] = "",
                ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["NO_PROXY"] = "127.0.0.1",
                ["ANSIBLE_LOCALHOST_WARNING"] = "false",
                ["ANSIBLE_HOME"] = folder,
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var said = await error + await output;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} ended with {process.ExitCode}: {said}"));
        }
    }
}
