using HostingOps.Aws.Tests.Stub;
using HostingOps.Engine.Aws;

namespace HostingOps.Aws.Tests;

/// <summary>Credentials of an EC2 instance's role and of a container, from stand-ins for their endpoints on loopback.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class MetadataCredentialTests : IDisposable
{
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [Fact]
    public async Task A_container_s_endpoint_is_asked_with_its_token()
    {
        await using var container = new StubServer(StubAnswer.SessionKeys("CONTAINER"));
        environment.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.Url + "/creds");
        environment.Set("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let-me-in");

        var request = await FirstCall.SignedAsync(new AwsSettings());

        Assert.Contains("Credential=CONTAINER/", request.Authorization);
        Assert.Equal("TOKENCONTAINER", request.Headers["x-amz-security-token"]);
        Assert.Equal(("/creds", "let-me-in"), (container.Only.Path, container.Only.Authorization));
    }

    [Fact]
    public async Task A_container_s_token_may_stand_in_a_file()
    {
        await using var container = new StubServer(StubAnswer.SessionKeys("CONTAINER"));
        var token = Path.Combine(environment.Folder, "token");
        await File.WriteAllTextAsync(token, "from-a-file");
        environment.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.Url + "/creds");
        environment.Set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token);

        await FirstCall.SignedAsync(new AwsSettings());

        Assert.Equal("from-a-file", container.Only.Authorization);
    }

    [Fact]
    public async Task A_container_s_endpoint_that_refuses_is_an_error_that_names_it()
    {
        await using var container = new StubServer(new StubAnswer(403, "{\"code\":\"Forbidden\",\"message\":\"secret-detail\"}", "application/json"));
        environment.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.Url + "/creds");

        var error = await RefusedAsync(new AwsSettings());

        Assert.Equal(ErrorIds.AwsCredentialsInvalid, error.ErrorId);
        Assert.Contains("container", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AssumeRole", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-detail", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_s_endpoint_that_does_not_answer_is_not_taken_for_AWS()
    {
        string gone;
        await using (var container = new StubServer(StubAnswer.HangUp))
        {
            gone = container.Url;
        }

        environment.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", gone + "/creds");

        var error = await RefusedAsync(new AwsSettings());

        Assert.Contains("the container's credentials", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AssumeRole", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://203.0.113.1/creds")]
    [InlineData("not an address")]
    public async Task A_container_address_that_can_not_be_used_is_an_error_of_the_credentials(string address)
    {
        environment.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", address);

        var error = await RefusedAsync(new AwsSettings());

        Assert.Equal(ErrorIds.AwsCredentialsInvalid, error.ErrorId);
        Assert.Contains("container", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_role_is_read_with_a_session_token()
    {
        MetadataService.Use(environment);

        // Asked directly: for an endpoint on loopback the chain never comes to the metadata service.
        var credentials = await CredentialChain.InstanceAsync();

        Assert.Equal("INSTANCE", (await credentials.GetCredentialsAsync()).AccessKey);
        Assert.Contains(MetadataService.Requests, request => request.Method == "PUT" && request.Path == "/latest/api/token");
        Assert.All(
            MetadataService.Requests.Where(request => request.Method == "GET"),
            request => Assert.Equal("metadata-token", request.Headers["X-aws-ec2-metadata-token"]));
    }

    [Fact]
    public async Task A_role_may_be_assumed_from_the_instance_s()
    {
        await using var sts = new StubServer((_, _) => StubAnswer.Xml(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>ASSUMED</AccessKeyId>"
            + "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"));
        MetadataService.Use(environment);
        environment.Set("AWS_ENDPOINT_URL_STS", sts.Url);
        environment.Config("[profile agency]\nrole_arn = arn:aws:iam::2:role/agency\ncredential_source = Ec2InstanceMetadata\n");

        var request = await FirstCall.SignedAsync(new AwsSettings { Profile = "agency" });

        Assert.Contains("Credential=ASSUMED/", request.Authorization);
        Assert.Contains("Credential=INSTANCE/", sts.Only.Authorization);
    }

    [Fact]
    public async Task An_instance_without_a_role_has_no_credentials()
    {
        MetadataService.Use(environment, MetadataService.WithoutRole);

        var error = await Assert.ThrowsAsync<HostingException>(() => CredentialChain.InstanceAsync());

        Assert.Equal(ErrorIds.AwsCredentialsMissing, error.ErrorId);
        Assert.Contains("no EC2 instance role", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_AWS_file_is_an_error_of_the_credentials_that_names_no_secret()
    {
        environment.Credentials("[default\naws_access_key_id = A\naws_secret_access_key = hidden\n");
        environment.Config("this is = = no [file\n[[[\n");

        var error = await RefusedAsync(new AwsSettings { Profile = "agency" });

        Assert.StartsWith("Aws", error.ErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<HostingException> RefusedAsync(AwsSettings settings)
    {
        await using var server = new StubServer(StubAnswer.Xml(FirstCall.Listing));
        var thrown = await Record.ExceptionAsync(async () =>
        {
            using var connection = new AwsConnection(settings with { EndpointUrl = server.Url });
            await connection.Route53.ListHostedZonesAsync();
        });
        Assert.NotNull(thrown);
        Assert.Empty(server.Requests);
        return AwsErrorTranslation.Translate(thrown, "zone", "route53:ListHostedZones");
    }
}
