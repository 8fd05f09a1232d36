using System.CommandLine;
using System.Net;
using System.Text.Json;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Json;
using HostingOps.Agent.Witnessing;
using HostingOps.Engine;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops witness</c>: answers other agents what this machine sees.</summary>
internal sealed class WitnessCommand : IAgentCommand
{
    private const string Loopback = "127.0.0.1:8787";

    private readonly Option<string> listen = new("--listen")
    {
        Description = "Where to listen; other than loopback needs a certificate.",
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = _ => Loopback,
    };

    private readonly Option<string?> certificate = new("--certificate") { Description = "PEM file with the certificate and its chain, for https; read again when it changes.", HelpName = "FILE" };

    private readonly Option<string?> key = new("--key") { Description = "PEM file with the certificate's private key; else that is in the certificate's file.", HelpName = "FILE" };

    private readonly Option<string?> name = new("--name") { Description = "Which of the inventory's witnesses this machine is; without it, the one with the machine's name.", HelpName = "NAME" };

    private readonly Option<int> throttle = NamedValues.Positive("--throttle", 256, "N", "Probes under way at once.");

    private readonly ConnectionOptions connection = new();

    public WitnessCommand()
    {
        Command = new Command("witness", "Answer other HostingOps agents what this machine sees of a site; goes on until it is stopped.") { listen, certificate, key, name, throttle };
        connection.AddTo(Command);
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops witness --name nyc --listen 0.0.0.0:8787 --certificate fullchain.pem --key privkey.pem", "Answer over https, with the key that the inventory's 'witnesses' names."),
        ("hostingops witness --name nyc", "Answer on loopback by http, behind a reverse proxy that does the TLS."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        var endpoint = Endpoint(parse.GetValue(listen)!);
        var tls = parse.GetValue(certificate) is { } file ? new ServerCertificate(file, parse.GetValue(key) ?? file, context.Reporter.Warning) : null;
        if (tls is null && !IPAddress.IsLoopback(endpoint.Address))
        {
            throw Unfit(endpoint, $"Without a certificate the witness listens on loopback only, and {endpoint} is not.", "Give --certificate and --key, or put a reverse proxy in front.");
        }

        await using var workspace = HostingWorkspace.Open(connection.Read(parse), context.Reporter);
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var desk = workspace.OpenWitnessDesk(parse.GetValue(name), parse.GetValue(throttle), lifetime.Token);
        var inventory = new CurrentInventory(workspace.Inventory, context.Reporter);
        await using var server = await WitnessServer.StartAsync(endpoint, tls, desk, inventory.Read, context.Reporter.Verbose, cancellationToken);
        if (context.Json)
        {
            context.WriteDocument(JsonSerializer.Serialize(new { Name = desk.Name, Listening = server.Address, Sites = workspace.Inventory.Sites.Count }, AgentJson.Compact));
        }
        else
        {
            context.Out.Line(FormattableString.Invariant($"Witness for {workspace.Inventory.Sites.Count} sites, listening on {server.Address}"));
        }

        // To be stopped is its normal end.
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return ExitCode.Success;
    }

    private static IPEndPoint Endpoint(string text) =>
        text.LastIndexOf(':') > text.LastIndexOf(']') && IPEndPoint.TryParse(text, out var endpoint)
            ? endpoint
            : throw Unfit(text, $"--listen is '{text}'; an address with a port was expected.", $"Write, for example, {Loopback} or [::]:8787.");

    private static HostingException Unfit(object target, string message, string action) =>
        new(ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, target, message, action);
}
