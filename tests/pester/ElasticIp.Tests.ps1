# Elastic IPs through the cmdlets, in a sandbox whose instances answer. The tests build on each other, as an admin's steps do.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'World.ps1')
    $env:HOSTINGOPS_INVENTORY = $null
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $inventory = Join-Path $TestDrive 'apex.yml'
    Set-Content $inventory @'
version: 1
aws: { region: eu-west-1 }
zone: sites.example.net
hosts:
  left: { provider: one, address: 203.0.113.10 }
  right: { provider: two, address: 198.51.100.7 }
sites:
  acme: { domain: acme.example, primary: left, secondary: right }
apex: { elasticIp: 198.51.100.99 }
'@
    $sandbox = Start-HostingSandbox -InventoryPath $inventory

    # EC2's query API by hand: the sandbox takes any key, and launching is not what is tested here.
    function Invoke-Ec2([string] $Action, [hashtable] $Parameters) {
        $headers = @{
            'X-Amz-Date'  = '20260301T120000Z'
            Authorization = 'AWS4-HMAC-SHA256 Credential=x/20260301/eu-west-1/ec2/aws4_request, SignedHeaders=host;x-amz-date, Signature=' + '0' * 64
        }
        Invoke-RestMethod $sandbox.EndpointUrl -Method Post -SkipHeaderValidation -Headers $headers -Body ($Parameters + @{ Action = $Action; Version = '2016-11-15' })
    }

    function New-Redirector {
        $userData = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('server_name acme.example'))
        $id = (Invoke-Ec2 RunInstances @{
                ImageId = 'ami-0a000000000000003'; MinCount = 1; MaxCount = 1; InstanceType = 't3.micro'; 'Placement.AvailabilityZone' = 'eu-west-1b'; UserData = $userData
            }).RunInstancesResponse.instancesSet.item.instanceId
        do { Start-Sleep -Milliseconds 300 } until ((Invoke-Ec2 DescribeInstanceStatus @{ 'InstanceId.1' = $id; IncludeAllInstances = 'true' }).DescribeInstanceStatusResponse.instanceStatusSet.item.systemStatus.status -eq 'ok')
        $id
    }

    $old = ($sandbox | Get-ElasticIp).InstanceId
    $fresh = New-Redirector
}

AfterAll {
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
}

Describe 'Get-ElasticIp' {
    It 'reads the address of the inventory, and by address or id' {
        $address = $sandbox | Get-ElasticIp
        $address.PublicIp | Should -Be '198.51.100.99'
        $address.AvailabilityZone | Should -Be 'eu-west-1a'
        $address.InstanceState | Should -Be 'running'
        $address.Tags['Name'] | Should -Be 'apex-redirector'
        (Get-ElasticIp -AllocationId $address.AllocationId -InventoryPath $sandbox.InventoryPath).PublicIp | Should -Be $address.PublicIp
        ($address | Get-ElasticIp).AllocationId | Should -Be $address.AllocationId
    }

    It 'goes on after an address that is not there' {
        $found = Get-ElasticIp 203.0.113.9, 198.51.100.99 -InventoryPath $sandbox.InventoryPath -ErrorVariable missing -ErrorAction SilentlyContinue
        $found | Should -HaveCount 1
        $missing | Should -HaveCount 1
        $missing.FullyQualifiedErrorId | Should -BeLike 'ElasticIpNotFound,*'
        $missing.TargetObject | Should -Be '203.0.113.9'
    }

    It 'wants an apex in the inventory' {
        $plain = Join-Path $TestDrive 'plain.yml'
        Get-Content $inventory | Where-Object { $_ -notlike 'apex*' } | Set-Content $plain
        { Get-ElasticIp -InventoryPath $plain -EndpointUrl $sandbox.EndpointUrl } | Should -Throw -ErrorId 'ApexNotConfigured,*'
    }

    It 'fits 80 columns' {
        $lines = ($sandbox | Get-ElasticIp | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() }
        $lines | Should -HaveCount 3
        $lines[2] | Should -Match "^198\.51\.100\.99    $old  running   eu-west-1a     apex-redirector$"
    }
}

Describe 'Move-ElasticIp' {
    It 'shows from and to with -WhatIf and changes nothing' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$modulePath'; Move-ElasticIp $fresh -InventoryPath '$($sandbox.InventoryPath)' -WhatIf -Force").Invoke()
            $shell.HadErrors | Should -BeFalse
        }
        finally {
            $shell.Dispose()
        }
        $text = & ([Environment]::ProcessPath) -NoProfile -Command "Import-Module '$modulePath'; Move-ElasticIp $fresh -InventoryPath '$($sandbox.InventoryPath)' -WhatIf" | Out-String
        $text | Should -Match ([regex]::Escape("$old (eu-west-1a) -> $fresh (eu-west-1b)"))
        $text | Should -Match '\+ Permitted'
        ($sandbox | Get-ElasticIp).InstanceId | Should -Be $old
    }

    It 'asks first, and without somebody to ask moves nothing' {
        $text = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Move-ElasticIp $fresh -InventoryPath '$($sandbox.InventoryPath)'" 2>&1 | Out-String
        $text | Should -Match 'NonInteractive'
        ($sandbox | Get-ElasticIp).InstanceId | Should -Be $old
    }

    It 'takes no address in use when that is switched off' {
        $result = $sandbox | Move-ElasticIp $fresh -AllowReassociation:$false -Force -ErrorVariable refused -ErrorAction SilentlyContinue
        $result.Outcome | Should -Be 'Refused'
        $refused | Should -HaveCount 1
        $refused.FullyQualifiedErrorId | Should -BeLike 'ElasticIpMoveRefused,*'
        $refused.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $refused.Exception.Message | Should -Match 'AllowReassociation'
    }

    It 'moves it out of a dead zone and proves who answers' {
        $sandbox.StopZone('eu-west-1a')
        $script:moved = $sandbox | Move-ElasticIp $fresh -Force
        $moved.Outcome | Should -Be 'Moved'
        $moved.Proof | Should -Be 'Identity'
        $moved.PreviousInstanceId | Should -Be $old
        $moved.OperationId | Should -Not -BeNullOrEmpty
        $lines = ($moved | Out-String -Width 80) -split '\r?\n' | ForEach-Object TrimEnd | Where-Object { $_ }
        $lines[2] | Should -Be "198.51.100.99    Moved         Identity    $old ->"
        $lines[3].Trim() | Should -Be $fresh
    }

    It 'changes nothing where it already is, and says so' {
        $again = $sandbox | Move-ElasticIp $fresh -Force
        $again.Outcome | Should -Be 'AlreadyThere'
        $again.Changed | Should -BeFalse
        $again.Reason | Should -Match 'already'
        $again.Undo | Should -BeNullOrEmpty
    }

    It 'says when the address does not answer from there' {
        $result = $moved.Undo | Move-ElasticIp -ConnectTo $sandbox.ConnectTo -ProofTimeoutSec 1 -Force -ErrorVariable silent -ErrorAction SilentlyContinue
        $result.Outcome | Should -Be 'MovedUnproven'
        $silent.FullyQualifiedErrorId | Should -BeLike 'ElasticIpNotProven,*'
        $null = $result.Undo | Move-ElasticIp -ConnectTo $sandbox.ConnectTo -Force
    }

    It 'says when it is stopped that the address may have moved, and goes on' {
        $routes = "@{ '198.51.100.99:80' = '$($sandbox.ConnectTo['198.51.100.99:80'])' }"
        $started = Start-Script "Move-ElasticIp $old -InventoryPath '$($sandbox.InventoryPath)' -ConnectTo $routes -ProofTimeoutSec 3600 -Force" $modulePath
        try {
            Wait-Until { ($sandbox | Get-ElasticIp).InstanceId -eq $old } | Should -BeTrue
            Stop-Script $started | Should -BeTrue
            @($started.Shell.Streams.Warning.ReadAll()).Message | Should -Match "may have moved to $old all the same\. Run the command again"
        }
        finally { $started.Shell.Dispose() }
        ($sandbox | Move-ElasticIp $fresh -Force).Outcome | Should -Be 'Moved'
    }

    It 'goes back by what it wrote' {
        $sandbox.StartZone('eu-west-1a')
        $back = $moved.Undo | Move-ElasticIp -ConnectTo $sandbox.ConnectTo -Force
        $back.Proof | Should -Be 'Identity'
        ($sandbox | Get-ElasticIp).InstanceId | Should -Be $old
        "$($moved.Undo)" | Should -Match "^Move-ElasticIp -PublicIp 198\.51\.100\.99 -InstanceId $old -InventoryPath '"
    }

    It 'wants an instance that exists, and routes that are addresses' {
        { $sandbox | Move-ElasticIp 'web-1' -Force } | Should -Throw -ErrorId 'InstanceNotFound,*'
        { Move-ElasticIp $fresh -InventoryPath $sandbox.InventoryPath -ConnectTo @{ here = 'there' } -Force } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}
