using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.Route53.Model;
using Amazon.Runtime;
using HostingOps.Engine.Aws;

namespace HostingOps.Aws.Tests;

/// <summary>What answers in AWS's place may never stop; memory is bounded all the same.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class EndlessAnswerTests : IDisposable
{
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_the_last_and_is_not_asked_for_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = StreamWithoutEndAsync(listener);
        using var aws = new AwsConnection(
            new AwsSettings { EndpointUrl = $"http://{listener.LocalEndpoint}" }, new BasicAWSCredentials("key", "secret"));

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => aws.Route53.ListHostedZonesByNameAsync(new ListHostedZonesByNameRequest()));

        var error = AwsErrorTranslation.Translate(thrown, "example.com", "route53:ListHostedZonesByName");
        Assert.Equal((ErrorIds.AwsAnswerUnreadable, HostingErrorCategory.ProtocolError), (error.ErrorId, error.Category));
        Assert.Contains("over 64 MiB", error.Message, StringComparison.Ordinal);
        Assert.Single(aws.CallCounts);
        Assert.Equal(1, aws.CallCounts.Values.Single());

        // The connection was closed in its midst: the server could not go on.
        Assert.InRange(await serving, AwsBoundsHandler.MaxAnswerBytes, 2L * AwsBoundsHandler.MaxAnswerBytes);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_STS", "role")]
    [InlineData("AWS_ENDPOINT_URL_SSO", "agency")]
    public async Task Nor_is_one_of_those_who_give_the_credentials(string service, string profile)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = StreamWithoutEndAsync(listener);
        environment.Set(service, $"http://{listener.LocalEndpoint}");
        environment.Credentials("[base]\naws_access_key_id = BASE\naws_secret_access_key = secret\n");
        environment.Config(SsoSignIn.Profile + "[profile role]\nrole_arn = arn:aws:iam::2:role/role\nsource_profile = base\nregion = eu-west-1\n");
        SsoSignIn.Write(environment, "work", DateTime.UtcNow.AddHours(4));
        using var aws = new AwsConnection(new AwsSettings { Profile = profile, EndpointUrl = "http://127.0.0.1:9" });

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => aws.Route53.ListHostedZonesByNameAsync(new ListHostedZonesByNameRequest()));

        Assert.Equal(ErrorIds.AwsAnswerUnreadable, AwsErrorTranslation.Translate(thrown, "example.com", "route53:ListHostedZonesByName").ErrorId);
        Assert.InRange(await serving, AwsBoundsHandler.MaxAnswerBytes, 2L * AwsBoundsHandler.MaxAnswerBytes);
    }

    private static async Task<long> StreamWithoutEndAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var request = new byte[16 * 1024];
        _ = await stream.ReadAsync(request);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n<ListHostedZonesByNameResponse>"));
        var part = new byte[256 * 1024];
        Array.Fill(part, (byte)' ');
        var sent = 0L;
        try
        {
            // It does stop, so that a client without a bound fails this test and not the machine.
            while (sent < 8L * AwsBoundsHandler.MaxAnswerBytes)
            {
                await stream.WriteAsync(part);
                sent += part.Length;
            }
        }
        catch (IOException)
        {
            // Hung up on.
        }

        return sent;
    }
}
