using System.Net;
using System.Net.Sockets;
using System.Net.Security;
using HostingOps.Engine.Watch.Witnesses.Agents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace HostingOps.Agent.Witnessing;

/// <summary>The witness's HTTP server: takes questions to the desk, within bounds of size, rate and number.</summary>
internal sealed class WitnessServer : IAsyncDisposable
{
    private const int StreamsPerConnection = 20;
    private static readonly TimeSpan Greeting = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(3);

    private readonly WebApplication application;
    private readonly WitnessAdmission admission;

    private WitnessServer(WebApplication application, WitnessAdmission admission)
    {
        this.application = application;
        this.admission = admission;
    }

    /// <summary>Where it listens.</summary>
    public string Address => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts to listen.</summary>
    /// <param name="endpoint">Where; port 0 for any.</param>
    /// <param name="certificate">For https; null for http.</param>
    /// <param name="desk">Answers.</param>
    /// <param name="inventory">The inventory in use.</param>
    /// <param name="tell">Is told of each request and its answer.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <param name="limits">What clients may take, or null for the usual.</param>
    /// <exception cref="HostingException">WitnessNotListening.</exception>
    public static async Task<WitnessServer> StartAsync(
        IPEndPoint endpoint, ServerCertificate? certificate, WitnessDesk desk, Func<HostingInventory> inventory, Action<string> tell, CancellationToken cancellationToken, WitnessLimits? limits = null)
    {
        limits ??= new WitnessLimits();
        var admission = new WitnessAdmission(limits);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = WitnessDesk.MostBytes;
            kestrel.Limits.MaxConcurrentConnections = limits.Connections;
            kestrel.Limits.RequestHeadersTimeout = Greeting;
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
            kestrel.Listen(endpoint, listen =>
            {
                listen.Use(next => connection => ConnectAsync(connection, next, admission));
                listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (certificate is not null)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
                        HandshakeTimeout = Greeting,
                    });
                }
            });
        });
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = Goodbye);

        // The agent has its own handling of signals.
        builder.Services.AddSingleton<IHostLifetime, BorrowedLifetime>();
        var application = builder.Build();
        application.Run(context => AnswerAsync(context, new Room(desk, inventory, admission, limits), tell));
        var server = new WitnessServer(application, admission);
        try
        {
            await application.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new HostingException(
                ErrorIds.WitnessNotListening,
                HostingErrorCategory.ResourceUnavailable,
                endpoint,
                $"The witness can't listen on {endpoint}: {error.GetBaseException().Message}",
                "Choose another address with --listen, or stop what listens there.",
                error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Goodbye);
        await application.StopAsync(limit.Token);
        await application.DisposeAsync();
        await admission.DisposeAsync();
    }

    private static async Task ConnectAsync(ConnectionContext connection, ConnectionDelegate next, WitnessAdmission admission)
    {
        using var lease = admission.Connection((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (!lease.IsAcquired)
        {
            connection.Abort();
            return;
        }

        await next(connection);
    }

    private static async Task AnswerAsync(HttpContext context, Room room, Action<string> tell)
    {
        var request = context.Request;
        var reply = await ReplyAsync(context, room);
        tell(FormattableString.Invariant($"{context.Connection.RemoteIpAddress} asked {request.Method} {request.Path}: {reply.Status}"));
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.Signature is null ? "text/plain; charset=utf-8" : "application/json";
        context.Response.ContentLength = reply.Body.Length;
        context.Response.Headers.CacheControl = "no-store";
        if (reply.Signature is { } signature)
        {
            context.Response.Headers[WitnessDesk.SignatureHeader] = signature;
            context.Response.Headers[WitnessDesk.MachineHeader] = reply.Machine;
        }

        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    private static async Task<WitnessReply> ReplyAsync(HttpContext context, Room room)
    {
        var client = context.Connection.RemoteIpAddress;
        using var turn = room.Admission.Requests.AttemptAcquire(client);
        if (!turn.IsAcquired)
        {
            return TooMany();
        }

        // A proxy in front may have cut off or added a part before it.
        if (context.Request.Path.Value?.EndsWith(WitnessDesk.Path, StringComparison.Ordinal) != true)
        {
            return Refuse(StatusCodes.Status404NotFound, "there is nothing here");
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return Refuse(StatusCodes.Status405MethodNotAllowed, "POST only");
        }

        string? Header(string name) => context.Request.Headers[name] is [{ } value] ? value : null;
        if (room.Desk.Refusal(Header) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return await BodyAsync(context, client, room) is { } body
                ? await room.Desk.AnswerAsync(Header, body, room.Inventory(), context.RequestAborted)
                : TooMany();
        }
        catch (BadHttpRequestException error)
        {
            return Refuse(error.StatusCode, "the request is too large, or can't be read");
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Refuse(StatusCodes.Status408RequestTimeout, "the request took too long");
        }
    }

    // The place is given back before anything is looked at: a look takes seconds, and only who has the key gets one.
    private static async Task<byte[]?> BodyAsync(HttpContext context, IPAddress? client, Room room)
    {
        using var lease = await room.Admission.BodyAsync(client, context.RequestAborted);
        if (!lease.IsAcquired)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(room.Limits.Body);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, limit.Token);
        return body.ToArray();
    }

    private static WitnessReply TooMany() => Refuse(StatusCodes.Status429TooManyRequests, "too many questions");

    private static WitnessReply Refuse(int status, string reason) => new(status, System.Text.Encoding.UTF8.GetBytes(reason + "\n"), null);

    private sealed record Room(WitnessDesk Desk, Func<HostingInventory> Inventory, WitnessAdmission Admission, WitnessLimits Limits);

    private sealed class BorrowedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
