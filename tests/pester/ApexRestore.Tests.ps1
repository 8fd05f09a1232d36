# A lost redirector through the cmdlet, in a sandbox whose instances answer. The tests build on each other, as an admin's steps do.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
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
  acme: { domain: acme.example, aliases: [acmelaw.example], primary: left, secondary: right }
apex: { elasticIp: 198.51.100.99, instance: { type: t3.micro, securityGroup: web } }
'@
    $sandbox = Start-HostingSandbox -InventoryPath $inventory
    $old = ($sandbox | Get-ElasticIp).InstanceId
}

AfterAll {
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
}

Describe 'Restore-ApexRedirector' {
    It 'leaves one alone that answers' {
        $result = $sandbox | Restore-ApexRedirector -Force -ErrorVariable refused -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $result.Outcome | Should -Be 'Refused'
        $refused | Should -HaveCount 1
        $refused.FullyQualifiedErrorId | Should -BeLike 'ApexRecoveryRefused,*'
        $refused.Exception.Message | Should -Match '-Planned'
    }

    It 'shows the steps and conditions with -WhatIf and launches nothing' {
        $text = & ([Environment]::ProcessPath) -NoProfile -Command "Import-Module '$modulePath'; Restore-ApexRedirector -Planned -InventoryPath '$($sandbox.InventoryPath)' -WhatIf" | Out-String
        $text | Should -Match "$old \(running, eu-west-1a\) -> a new instance"
        $text | Should -Match '1\. Launch a t3\.micro from debian-13'
        $text | Should -Match '\+ LaunchPermitted: EC2 would do it'
        ($sandbox | Get-ElasticIp).InstanceId | Should -Be $old
    }

    It 'asks first, and without somebody to ask changes nothing' {
        $text = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Restore-ApexRedirector -Planned -InventoryPath '$($sandbox.InventoryPath)'" 2>&1 | Out-String
        $text | Should -Match 'NonInteractive'
        ($sandbox | Get-ElasticIp).InstanceId | Should -Be $old
    }

    It 'has nothing to go on with yet' {
        { $sandbox | Restore-ApexRedirector -Resume -Force } | Should -Throw -ErrorId 'OperationNotFound,*'
    }

    It 'replaces one whose zone failed, and gives the way back' {
        $sandbox.StopZone('eu-west-1a')
        $script:restored = $sandbox | Restore-ApexRedirector -Force -WarningAction SilentlyContinue
        $restored.Outcome | Should -Be 'Restored'
        $restored.AvailabilityZone | Should -Be 'eu-west-1b'
        $restored.RedirectsProven | Should -Be 2
        $restored.OldInstanceId | Should -Be $old
        $restored.HttpsTested | Should -BeFalse
        $restored.Reason | Should -Match 'over http only \(apex\.instance\.setup is empty'
        "$($restored.Undo)" | Should -Match "^Move-ElasticIp -PublicIp 198\.51\.100\.99 -InstanceId $old"
        ($sandbox | Get-ElasticIp).InstanceId | Should -Be $restored.NewInstanceId
        $lines = ($restored | Out-String -Width 80) -split '\r?\n' | ForEach-Object TrimEnd | Where-Object { $_ }
        $lines[2] | Should -Match "^198\.51\.100\.99 +Restored +2/2 .*$old ->$"
    }

    It 'terminates the former one when asked to' {
        $second = $sandbox | Restore-ApexRedirector -Planned -TerminateOld -Force -WarningAction SilentlyContinue
        $second.Outcome | Should -Be 'Restored'
        $second.OldTerminated | Should -BeTrue
        $second.Undo | Should -BeNullOrEmpty
    }

    It 'tests https where a setup brings certificates, unless it is told not to' {
        $with = Join-Path (Split-Path $sandbox.InventoryPath) 'setup.yml'
        (Get-Content $sandbox.InventoryPath -Raw) -replace 'securityGroup: web', 'securityGroup: web, setup: [[fetch-certificates]]' | Set-Content $with
        $text = & ([Environment]::ProcessPath) -NoProfile -Command "Import-Module '$modulePath'; Restore-ApexRedirector -Planned -InventoryPath '$with' -WhatIf" | Out-String
        $text | Should -Match 'Test 2 redirects by its own address, over http and https\.'
        $text = & ([Environment]::ProcessPath) -NoProfile -Command "Import-Module '$modulePath'; Restore-ApexRedirector -Planned -SkipHttps -InventoryPath '$with' -WhatIf" | Out-String
        $text | Should -Match 'over http only \(-SkipHttps was given\)'
        $third = Restore-ApexRedirector -Planned -TerminateOld -Force -InventoryPath $with
        $third.Outcome | Should -Be 'Restored'
        $third.HttpsTested | Should -BeTrue
    }

    Context 'Get-ApexHistory' {
        It 'has each recovery and each move, newest first' {
            $history = @($sandbox | Get-ApexHistory)
            $history | Should -HaveCount 6
            $history[0] | Should -BeOfType HostingOps.ApexHistoryEntry
            ($history | Where-Object Kind -EQ Restore).Outcome | Select-Object -Unique | Should -Be 'Restored'
            ($history.StartedAt | Sort-Object -Descending) -join ' ' | Should -Be ($history.StartedAt -join ' ')
            ($sandbox | Get-ApexHistory -ResumableOnly) | Should -BeNullOrEmpty
            ($sandbox | Get-ApexHistory -First 2) | Should -HaveCount 2
        }

        It 'finds an operation by its id, by a beginning of it, and from a result' {
            (Get-ApexHistory $restored.OperationId -InventoryPath $sandbox.InventoryPath).To | Should -Be $restored.NewInstanceId
            @(Get-ApexHistory $restored.OperationId.Substring(0, 3) -InventoryPath $sandbox.InventoryPath) | Should -HaveCount 6
            $one = $restored | Get-ApexHistory
            $one.OperationId | Should -Be $restored.OperationId
            $one.Timeline.Step | Select-Object -Unique | Should -Be 'Plan', 'Launch', 'Boot', 'Test', 'Move', 'Verify', 'Finish'
            @($sandbox | Get-ElasticIp | Get-ApexHistory) | Should -HaveCount 6
            Get-ApexHistory -PublicIp 203.0.113.9 -InventoryPath $sandbox.InventoryPath | Should -BeNullOrEmpty
            Get-ApexHistory nosuch -InventoryPath $sandbox.InventoryPath | Should -BeNullOrEmpty
        }

        It 'fits 80 columns' {
            $lines = ($restored | Get-ApexHistory | Out-String -Width 80) -split '\r?\n' | ForEach-Object TrimEnd | Where-Object { $_ }
            $lines | Should -HaveCount 4
            $lines[2] | Should -Match "^\d{4}-\d\d-\d\d \d\d:\d\dZ Restore Restored +$($restored.OperationId.Substring(0, 12)) +$old ->$"
            $lines[3] | Should -Match "198\.51\.100\.99 +$($restored.NewInstanceId)$"
        }

        It 'is named where a recovery has nothing to go on with' {
            { $sandbox | Restore-ApexRedirector -Resume -Force } | Should -Throw -ErrorId 'OperationNotFound,*' -ExpectedMessage '*'
            $failed = $null
            try { $restored | Restore-ApexRedirector -Resume -Force } catch { $failed = $_ }
            $failed.FullyQualifiedErrorId | Should -BeLike 'OperationNotResumable,*'
            $failed.ErrorDetails.RecommendedAction | Should -Match "Get-ApexHistory -OperationId $($restored.OperationId)"
        }
    }
}
